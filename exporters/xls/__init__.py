"""How a report becomes a workbook: openpyxl makes all of it but the rows, which are streamed into its package."""
