/* docs/dialects.md, made of the cases. */
#pragma once

#include "base/buffer.h"

void dialect_page_write(struct buffer *page);
