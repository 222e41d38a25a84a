"""Tryton module: export-control classification of products by Sekisho."""
