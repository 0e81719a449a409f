"""What a catalogue is made of, one class to one object of ``schemas/catalogue.schema.json``.

``procedure`` (the catalogue, its procedures and their parts), ``parties`` (who takes part, and how it was published).
"""
