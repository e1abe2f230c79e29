"""A query as a page, by a jinja2 template with a loop over the rows: DATABASE SQL FILE."""

import sqlite3
import sys
from pathlib import Path

from jinja2 import Environment

PAGE = """<!doctype html><title>Report</title><table>
<thead><tr>{% for name in names %}<th>{{ name }}</th>{% endfor %}</tr></thead>
<tbody>{% for row in rows %}
<tr>{% for value in row %}<td>{{ "" if value is none else value }}</td>{% endfor %}</tr>{% endfor %}
</tbody></table>
"""

database, sql, path = sys.argv[1:]
cursor = sqlite3.connect(database).execute(sql)
template = Environment(autoescape=True).from_string(PAGE)
with Path(path).open("w", encoding="utf-8") as out:
    out.writelines(template.generate(names=[column[0] for column in cursor.description], rows=cursor))
