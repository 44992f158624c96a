/* Readers of the values that only pods have. */
#pragma once

#include "render/lab/reader.h"

extern const struct value_type command_line_type, words_type, environment_type, secret_names_type;

/* `cmd`: const struct command_line *. */
const void *command_line_read(struct reader *reader, const struct yaml_pair *pair);

/* `env`: const struct value_map * of text; numbers and booleans as they were typed. */
const void *environment_read(struct reader *reader, const struct yaml_pair *pair);

/* const struct value_list * of names of Secrets. */
const void *secret_names_read(struct reader *reader, const struct yaml_pair *pair);
