-- Which actions Argo CD offers for a FargateDatabase now. Pausing one in mode Plan, and then resuming it, would make what
-- only was to be planned: so it is not offered.
local mode = "Apply"
if obj.spec ~= nil and obj.spec.mode ~= nil then
  mode = obj.spec.mode
end

local actions = {}
actions["pause"] = {["disabled"] = mode ~= "Apply"}
actions["resume"] = {["disabled"] = mode ~= "Paused"}
return actions
