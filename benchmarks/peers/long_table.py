"""A query as a PDF, by reportlab's LongTable: DATABASE SQL FILE."""

import sqlite3
import sys

from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import LongTable, SimpleDocTemplate

database, sql, path = sys.argv[1:]
cursor = sqlite3.connect(database).execute(sql)
head = [column[0] for column in cursor.description]
rows = [["" if value is None else str(value) for value in row] for row in cursor]
table = LongTable([head, *rows], repeatRows=1, style=[("FONTSIZE", (0, 0), (-1, -1), 5)])
SimpleDocTemplate(path, pagesize=landscape(A4)).build([table])
