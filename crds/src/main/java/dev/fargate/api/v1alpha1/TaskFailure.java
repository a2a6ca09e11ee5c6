package dev.fargate.api.v1alpha1;

import dev.fargate.api.schema.Doc;
import io.fabric8.generator.annotation.Size;

/** One task that stopped although nobody asked it to. */
@ApiObject
public class TaskFailure {

  @Doc("The stopped task.")
  @Size(max = 2048)
  public String taskArn;

  @Doc("When it stopped, RFC 3339.")
  @Size(max = 64)
  public String time;

  @Doc("Family and number of its revision, such as default-web-1a2b3c:7.")
  @Size(max = 300)
  public String revision;

  @Doc("Why it stopped: a reason of docs/conditions.md, such as OutOfMemory.")
  @Size(max = 64)
  public String cause;

  @Doc("Why it stopped and what to do, in plain words.")
  @Size(max = 1024)
  public String message;

  @Doc("AWS's words for why it stopped.")
  @Size(max = 4096)
  public String reason;

  @Doc("AWS's stop code, such as EssentialContainerExited.")
  @Size(max = 64)
  public String stopCode;

  @Doc("The exit code of the container.")
  public Integer exitCode;

  @Doc("The container that ended first.")
  @Size(max = 255)
  public String container;

  @Doc("Whether the container was killed for using more memory than it has.")
  public Boolean outOfMemory;

  @Doc(
      "The last line that the container has logged, cut to 512 characters; only with"
          + " spec.logs.inStatus.")
  @Size(max = 512)
  public String lastLogLine;
}
