"""The ground floor: where accounts live. The table of fields, connections, schema, storing and history."""
