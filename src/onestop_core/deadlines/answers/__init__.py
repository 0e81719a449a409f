"""What is asked: ``deadline`` (one limit), ``countdown`` (a dossier's clock), ``appointments`` (what an event must carry), ``readings`` (what open law allows)."""
