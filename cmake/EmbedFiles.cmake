# cmake -DOUT=FILE.c -DFILES="A.SUFFIX;B.SUFFIX" -DSUFFIX=.schema.json -DHEADER=core/schema_texts.h
#   -DSTRUCT=schema_text -DARRAY=schema_texts -P EmbedFiles.cmake
# Writes the array that HEADER declares: each file's name without SUFFIX, its bytes and their number.
set(arrays "")
set(rows "")
list(SORT FILES)
foreach(file ${FILES})
  get_filename_component(name ${file} NAME)
  if(SUFFIX)
    string(REPLACE "${SUFFIX}" "" name ${name})
  endif()
  string(MAKE_C_IDENTIFIER ${name} identifier)
  file(READ ${file} hex HEX)
  string(LENGTH "${hex}" length)
  math(EXPR size "${length} / 2")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  string(APPEND arrays "static const char ${identifier}_text[] = {${bytes}'\\0'};\n")
  string(APPEND rows "\t{\"${name}\", ${identifier}_text, ${size}},\n")
endforeach()
file(WRITE ${OUT} "#include \"${HEADER}\"\n\n${arrays}
const struct ${STRUCT} ${ARRAY}[] = {\n${rows}\t{NULL, NULL, 0},\n};\n")
