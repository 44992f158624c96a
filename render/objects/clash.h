/* Objects that would have one name. The model has seen to it that no two nodes
 * are one; what remains is made of more than a lab and a node: the disk of pod
 * "a" of lab "l" is the claim "l-a-root", and so is that of VM "a-root". */
#pragma once

#include "render/render.h"

/* Makes every lab of a clash invalid, with a diagnostic that names both. */
void clash_check(struct rendered_lab *labs, size_t count, struct diagnostics *diagnostics);
