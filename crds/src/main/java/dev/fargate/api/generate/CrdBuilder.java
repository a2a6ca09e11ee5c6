package dev.fargate.api.generate;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Builds the CustomResourceDefinition of a kind from its Java types. */
final class CrdBuilder {

  private CrdBuilder() {}

  /**
   * The definition of a kind. The fabric8 generator makes the schema from fields, types and its own
   * annotations; what it has no words for is added afterwards.
   */
  static CustomResourceDefinition build(Class<? extends CustomResource<?, ?>> kind) {
    List<CustomResourceDefinition> built = new ArrayList<>();
    new CRDGenerator()
        .customResourceClasses(kind)
        .forCRDVersions("v1")
        .withPostProcessor(
            new CRDPostProcessor() {
              @Override
              public HasMetadata process(HasMetadata crd, String version) {
                built.add((CustomResourceDefinition) crd);
                return crd;
              }
            })
        .withOutput(new Discard())
        .generate();
    if (built.size() != 1) {
      throw new IllegalStateException("expected one definition of " + kind + ", got " + built);
    }
    CustomResourceDefinition crd = built.get(0);
    var version = crd.getSpec().getVersions().get(0);
    new SchemaDecorator().decorate(kind, version.getSchema().getOpenAPIV3Schema());
    version.setAdditionalPrinterColumns(PrinterColumns.of(kind));
    return crd;
  }

  /** The generator insists on an output; the definition itself is taken from the post-processor. */
  private static final class Discard implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {

    @Override
    public ByteArrayOutputStream outputFor(String name) {
      return new ByteArrayOutputStream();
    }

    @Override
    public java.net.URI crdURI(String name) {
      return java.net.URI.create("file:///unwritten/" + name);
    }

    @Override
    public void close() throws IOException {
      // Nothing is held open.
    }
  }
}
