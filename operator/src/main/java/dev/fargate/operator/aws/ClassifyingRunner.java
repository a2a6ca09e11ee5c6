package dev.fargate.operator.aws;

import dev.fargate.operator.apply.Runner;
import dev.fargate.operator.aws.errors.ErrorTable;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resource;
import java.util.Map;
import java.util.SortedMap;
import software.amazon.awssdk.core.exception.SdkException;

/** A runner whose errors leave classified. */
final class ClassifyingRunner implements Runner {
  private final Runner runner;

  ClassifyingRunner(Runner runner) {
    this.runner = runner;
  }

  @Override
  public Kind kind() {
    return runner.kind();
  }

  @Override
  public Map<Output, String> create(Owner owner, Resource desired, SortedMap<String, String> tags) {
    try {
      return runner.create(owner, desired, tags);
    } catch (SdkException failure) {
      throw ErrorTable.classify(failure);
    }
  }

  @Override
  public Map<Output, String> update(Owner owner, Action action, Resource desired) {
    try {
      return runner.update(owner, action, desired);
    } catch (SdkException failure) {
      throw ErrorTable.classify(failure);
    }
  }

  @Override
  public void delete(Owner owner, ObservedResource observed) {
    try {
      runner.delete(owner, observed);
    } catch (SdkException failure) {
      throw ErrorTable.classify(failure);
    }
  }
}
