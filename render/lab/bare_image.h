/* Container images that are a bare system: a shell that ends at once where nobody
 * is at its terminal. */
#pragma once

#include <stdbool.h>

/* `image` is a reference, with or without registry, tag and digest. */
bool is_bare_image(const char *image);
