"""What a report is: the accounts' words, the rules, the filters, the query layer, and reading files in."""
