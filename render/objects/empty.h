/* What the server leaves out of what it is given. */
#pragma once

#include <jansson.h>

/* Takes out null, empty lists, and empty maps of text: the server drops them, and would seem to differ from Git ever
 * after. */
void empty_drop(json_t *value);
