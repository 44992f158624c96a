/* Whether text is a schedule as CDI reads it: five fields (minute, hour, day,
 * month, weekday), an @word, or either after a time zone. */
#pragma once

#include <stdbool.h>

bool cron_is_schedule(const char *text);
