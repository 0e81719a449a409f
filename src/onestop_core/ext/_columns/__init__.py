"""What the columns of :mod:`onestop_core.ext.arrays` and :mod:`onestop_core.ext.frames` are made with."""
