/* A lab with one VM, r1, whose fields a test writes. */
#pragma once

#include "tests/unit/render/lab_check.h"

/* The fields stand from line 11 on, in column 9. */
#define VM_HEAD LAB_HEAD "spec:\n  nodes:\n    r1:\n      vm:\n        image: docker://x\n        diskSize: 1Gi\n"
#define VM(line) "        " line "\n"
