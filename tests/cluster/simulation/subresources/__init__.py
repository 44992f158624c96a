"""The API group subresources.kubevirt.io, as virt-api serves it by API aggregation; a simulation, as all here."""
