#!/bin/vbash
# Loads config.boot from the folder of this script, adds what is kept on the device, and commits. Without `confirm`
# within 10 minutes VyOS goes back to what it had.
set -e
source /opt/vyatta/etc/functions/script-template
folder=$(cd "$(dirname "$0")" && pwd)
configure
load "$folder/config.boot"
compare
commit-confirm 10 <<< y
exit discard
