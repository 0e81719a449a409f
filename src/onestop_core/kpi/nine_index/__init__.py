"""The historical card of nine indices for officials and agencies: ``card_table`` (the card as data), ``scoring``."""
