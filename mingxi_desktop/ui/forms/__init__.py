"""The forms drawn in forms/*.ui, as Qt's uic compiles them, with a pause after each widget: see `form_builder`."""
