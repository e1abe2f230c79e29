"""A query as a workbook, by XlsxWriter in constant memory: DATABASE SQL FILE."""

import sqlite3
import sys

import xlsxwriter

database, sql, path = sys.argv[1:]
cursor = sqlite3.connect(database).execute(sql)
with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, [column[0] for column in cursor.description])
    for number, row in enumerate(cursor, 1):
        sheet.write_row(number, 0, row)
