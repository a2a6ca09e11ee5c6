package dev.fargate.local.kube;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;

/** The test kind, as a fabric8 model. */
@Group("test.fargate.dev")
@Version("v1")
@ShortNames("wd")
public class Widget extends CustomResource<Widget.Spec, Widget.Status> implements Namespaced {
  private static final long serialVersionUID = 1L;

  /** What is wanted. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public static class Spec {
    public String image;
    public Integer replicas;
    public String color;
  }

  /** What is. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public static class Status {
    public Integer replicas;
    public Long observedGeneration;
    public List<Condition> conditions;
  }

  static Widget of(String name, String image) {
    Widget widget = new Widget();
    widget.getMetadata().setName(name);
    widget.getMetadata().setNamespace("default");
    widget.setSpec(new Spec());
    widget.getSpec().image = image;
    widget.getSpec().replicas = 1;
    return widget;
  }
}
