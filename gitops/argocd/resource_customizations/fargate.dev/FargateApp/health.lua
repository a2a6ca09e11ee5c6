-- Health of a fargate.dev object for Argo CD, read from metadata, spec.mode, spec.suspend and the conditions.
-- The same text for every kind. What each answer means: docs/gitops.md.
local function condition(wanted)
  if obj.status ~= nil and obj.status.conditions ~= nil then
    for _, found in ipairs(obj.status.conditions) do
      if found.type == wanted then
        return found
      end
    end
  end
  return nil
end

local function isTrue(found)
  return found ~= nil and found.status == "True"
end

local function health(status, found, otherwise)
  local message = otherwise
  if found ~= nil and found.message ~= nil and found.message ~= "" then
    message = found.message
  end
  return {status = status, message = message}
end

local ready = condition("Ready")
local reconciling = condition("Reconciling")
local stalled = condition("Stalled")
local synced = condition("Synced")
local spec = obj.spec or {}

if obj.metadata.deletionTimestamp ~= nil then
  return health("Progressing", stalled or reconciling, "Deleting what it has in AWS.")
end

-- The conditions below would be those of an older spec.
if obj.status == nil or obj.status.observedGeneration ~= obj.metadata.generation then
  return health("Progressing", nil, "Waiting for the operator to see generation " .. tostring(obj.metadata.generation) .. ".")
end

-- Nothing will happen without a person: because somebody wished it so, or because something is wrong.
if isTrue(stalled) then
  if stalled.reason == "Paused" or stalled.reason == "PlanPending" then
    return health("Suspended", stalled, "Stalled.")
  end
  return health("Degraded", stalled, "Stalled.")
end
if spec.mode == "Paused" then
  return health("Suspended", synced, "mode is Paused: nothing is written to AWS.")
end
if spec.mode == "Plan" and synced ~= nil and synced.status == "False" then
  return health("Suspended", synced, "mode is Plan: changes are shown in status.plan and not made.")
end

if isTrue(reconciling) then
  return health("Progressing", reconciling, "Working.")
end
if isTrue(ready) then
  if spec.suspend == true then
    return health("Suspended", ready, "suspend is true: no tasks run.")
  end
  return health("Healthy", ready, "Ready.")
end
return health("Progressing", ready, "Waiting for the operator.")
