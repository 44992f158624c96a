/* JSON merge patches (RFC 7386): null removes, objects are patched member by
 * member, all else is replaced. */
#pragma once

#include <jansson.h>

/* What turns `from` into `to`, both objects; NULL when nothing does. Shares
 * nothing with either. New reference. */
json_t *merge_patch_new(const json_t *from, const json_t *to);
