#include "daemon/lab_reading.h"

#include <time.h>

void lab_reading_deinit(struct lab_reading *reading)
{
	diagnostics_deinit(&reading->diagnostics);
	lab_set_deinit(&reading->set);
	disk_lookup_deinit(&reading->lookup);
	files_deinit(&reading->files);
}

bool lab_reading_read(struct lab_reading *reading, const struct lab_arguments *arguments)
{
	if (!lab_arguments_read(arguments, &reading->files))
		return false;
	disk_lookup_init(&reading->lookup, arguments->paths);
	lab_set_read(&reading->set, reading->files.items, reading->files.count,
		     &(struct lab_options){ .default_namespace = arguments->namespace_name,
					    .now = time(NULL),
					    .lookup = disk_lookup_use(&reading->lookup) },
		     &reading->diagnostics);
	diagnostics_sort(&reading->diagnostics);
	diagnostics_print(&reading->diagnostics);
	return true;
}
