profile = faulty
standing = assumed
kind.figures = SO_LIEU : aus
