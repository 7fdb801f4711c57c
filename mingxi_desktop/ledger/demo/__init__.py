"""The demonstration year: a whole county's records, invented, from which the published figures come out."""

from mingxi_desktop.ledger.demo.assemble import PUBLISHED_YEAR, build, deliveries, rows

__all__ = ["PUBLISHED_YEAR", "build", "deliveries", "rows"]
