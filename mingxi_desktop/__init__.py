"""明溪应急台账: record → indicator → sentence, for a county emergency management bureau."""

__version__ = "0.2.0"
APP_NAME = "明溪应急台账"
