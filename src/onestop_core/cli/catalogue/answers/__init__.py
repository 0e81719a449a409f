"""What a desk asks a catalogue for an applicant.

``find`` (which procedure somebody means) and ``quote`` (what it takes in their case).
"""
