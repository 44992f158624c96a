/* The client's part that proves who it is, and whom it trusts. */
#pragma once

#include "tests/integration/fixture.h"

void test_identity(const struct cluster *cluster);
