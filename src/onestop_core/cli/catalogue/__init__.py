"""The commands about catalogues: check, diff, overlay, find, quote, import and export.

A command each or two: ``check``, ``diff``, ``overlay``, ``answers`` (find and quote), ``exchange`` (export and import). What they share: ``files`` and
``sources`` (what is read), ``findings`` (how they are printed), ``sarif``, ``statistics`` (how many there are), ``settings`` (of a
project), ``progress``.
"""
