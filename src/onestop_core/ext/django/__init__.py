"""Dossiers in a database, as a Django application. Extra ``django``.

Add ``"onestop_core.ext.django"`` to ``INSTALLED_APPS`` and migrate; then ``onestop_core.ext.django.store.DjangoStore()`` does what
:class:`onestop_core.desk.EventStore` says. Its models are for queries and the admin; rows are written by the store alone.
"""
