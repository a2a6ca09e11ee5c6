-- One new deployment with the same revision. The annotation is in no Git repository, so nothing reverts it.
-- Argo CD gives its part of os by require only.
local os = require("os")
if obj.metadata.annotations == nil then
  obj.metadata.annotations = {}
end
obj.metadata.annotations["fargate.dev/restartedAt"] = os.date("!%Y-%m-%dT%H:%M:%SZ")
return obj
