"""The ledger of readings (rebuildable) and, apart from it, what people wrote."""
