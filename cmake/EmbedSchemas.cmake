# cmake -DOUT=FILE.c -DSCHEMAS="A.schema.json;B.schema.json" -P EmbedSchemas.cmake
# Writes schema_texts[] of core/schema_texts.h.
set(arrays "")
set(rows "")
list(SORT SCHEMAS)
foreach(schema ${SCHEMAS})
  get_filename_component(name ${schema} NAME)
  string(REPLACE ".schema.json" "" kind ${name})
  string(MAKE_C_IDENTIFIER ${kind} identifier)
  file(READ ${schema} hex HEX)
  string(LENGTH "${hex}" length)
  math(EXPR size "${length} / 2")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  string(APPEND arrays "static const char ${identifier}_text[] = {${bytes}'\\0'};\n")
  string(APPEND rows "\t{\"${kind}\", ${identifier}_text, ${size}},\n")
endforeach()
file(WRITE ${OUT} "#include \"core/schema_texts.h\"\n\n${arrays}
const struct schema_text schema_texts[] = {\n${rows}\t{NULL, NULL, 0},\n};\n")
