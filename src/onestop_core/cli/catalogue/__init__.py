"""The commands about catalogues: check, diff, overlay, import and export."""
