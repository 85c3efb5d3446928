local hs = { status = "Progressing", message = "Waiting for the controller" }

-- A deletion takes as long as CloudFront needs.
if obj.metadata.deletionTimestamp ~= nil then
  hs.message = "Pending deletion"
  return hs
end

-- What is said of an older spec, or by nobody yet, is no verdict on this one.
if obj.status == nil or obj.status.conditions == nil or obj.status.observedGeneration ~= obj.metadata.generation then
  return hs
end

local conditions = {}
for _, condition in ipairs(obj.status.conditions) do
  conditions[condition.type] = condition
end

local function is_true(type)
  return conditions[type] ~= nil and conditions[type].status == "True"
end

if conditions.Ready == nil then
  return hs
end
hs.message = conditions.Ready.message

if is_true("Reconciling") then
  return hs
end
if is_true("Stalled") then
  hs.status = "Degraded"
  return hs
end
if is_true("Ready") then
  hs.status = "Healthy"
  -- The domains are served as soon as DNS leads here: whether it does is up to the customer, and no reason to hold anything back.
  if conditions.DNSConfigured ~= nil and not is_true("DNSConfigured") then
    hs.message = hs.message .. "; " .. conditions.DNSConfigured.message
  end
  return hs
end
-- Nothing is wrong and nothing is under way: somebody wished it so (paused, dry run, disabled), or a customer is to add the
-- DNS records that the message names.
if conditions.Ready.status == "False" then
  hs.status = "Suspended"
end
return hs
