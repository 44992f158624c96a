#ps1_sysnative
Set-TimeZone -Id "UTC"
