#include "render/objects/drivers/driver.h"

#include "base/text.h"

const char *const driver_names[] = {
	[LINK_BRIDGE] = "bridge", [LINK_OVN] = "ovn",           [LINK_OVS] = "ovs",
	[LINK_K8SLAN] = "k8slan", [LINK_EXISTING] = "existing", [LINK_EXISTING + 1] = NULL,
};

const struct driver *driver_of(const struct lab_link *link)
{
	static const struct driver *const drivers[] = {
		[LINK_BRIDGE] = &driver_bridge, [LINK_OVN] = &driver_ovn,           [LINK_OVS] = &driver_ovs,
		[LINK_K8SLAN] = &driver_k8slan, [LINK_EXISTING] = &driver_existing, [LINK_JOINED] = &driver_joined,
	};

	return drivers[link->driver];
}

bool driver_parse(const char *name, enum link_driver *driver)
{
	for (size_t i = 0; driver_names[i]; i++) {
		if (text_equal(driver_names[i], name)) {
			*driver = (enum link_driver)i;
			return true;
		}
	}
	return false;
}
