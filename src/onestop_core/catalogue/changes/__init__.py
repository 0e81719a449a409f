"""What two catalogues differ in: ``diff`` finds it, ``kinds`` names it, ``totals`` adds it up."""
