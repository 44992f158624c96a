/* What the git helper gives up before it reads a byte from the network. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/* Limits this process for the rest of its life. `timeout_ms` is the operation's deadline, 0 for none:
 * the parent kills at that time, and should it not, the process ends by itself a little later. */
bool sandbox_enter(uint64_t timeout_ms, struct error *err);
