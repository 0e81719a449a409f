"""When an agency works: ``office_hours`` (the week, and working time counted on it), ``sessions``, ``working_time``."""
