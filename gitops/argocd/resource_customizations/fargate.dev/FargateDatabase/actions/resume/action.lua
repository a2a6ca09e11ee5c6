-- Back to the default, so that Git and cluster are equal again where Git says nothing about mode.
obj.spec.mode = "Apply"
return obj
