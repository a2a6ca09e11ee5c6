package dev.fargate.local.kube.resource;

import dev.fargate.local.kube.conform.Conformance;
import dev.fargate.local.kube.table.Column;
import java.util.List;

/** What the objects of a resource look like. */
public record Shape(Conformance conformance, Subresources subresources, List<Column> columns) {}
