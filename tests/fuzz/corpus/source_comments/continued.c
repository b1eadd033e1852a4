f(); // pcarch: ignore PCA019 why\
more
