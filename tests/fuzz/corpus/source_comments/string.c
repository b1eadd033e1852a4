"\
" /* pcarch: ignore PCA018,dead
 * b
 */ x
