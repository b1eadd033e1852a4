'"' // pcarch: ignore
//\
pcarch: ignore
