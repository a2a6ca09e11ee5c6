"""Walks through every service with unmodified boto3; any surprise is an exception."""

import boto3
import botocore.config
import botocore.exceptions

VPC = "vpc-0123456789abcdef0"
SUBNETS = ["subnet-0aaa0000000000001", "subnet-0aaa0000000000002"]


def refused(code, call, **parameters):
    try:
        call(**parameters)
    except botocore.exceptions.ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        return
    raise AssertionError("not refused: " + code)


sts = boto3.client("sts")
assert sts.get_caller_identity()["Account"] == "123456789012"

logs = boto3.client("logs")
logs.create_log_group(logGroupName="/boto", tags={"owner": "me"})
refused("ResourceAlreadyExistsException", logs.create_log_group, logGroupName="/boto")
logs.put_retention_policy(logGroupName="/boto", retentionInDays=7)
assert logs.describe_log_groups()["logGroups"][0]["retentionInDays"] == 7
logs.delete_log_group(logGroupName="/boto")

secrets = boto3.client("secretsmanager")
secrets.create_secret(Name="boto", SecretString="one", Tags=[{"Key": "owner", "Value": "me"}])
assert secrets.get_secret_value(SecretId="boto")["SecretString"] == "one"
assert secrets.describe_secret(SecretId="boto")["CreatedDate"].year == 2026
secrets.delete_secret(SecretId="boto")
refused("InvalidRequestException", secrets.create_secret, Name="boto", SecretString="two")

ec2 = boto3.client("ec2")
assert [v["VpcId"] for v in ec2.describe_vpcs()["Vpcs"]] == [VPC]
group = ec2.create_security_group(GroupName="boto", Description="boto", VpcId=VPC)["GroupId"]
permission = {
    "IpProtocol": "tcp",
    "FromPort": 80,
    "ToPort": 80,
    "UserIdGroupPairs": [{"GroupId": group, "Description": "itself"}],
}
ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[permission])
refused(
    "InvalidPermission.Duplicate",
    ec2.authorize_security_group_ingress,
    GroupId=group,
    IpPermissions=[permission],
)
found = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]
assert found["IpPermissions"][0]["UserIdGroupPairs"][0]["GroupId"] == group

cloudwatch = boto3.client("cloudwatch")
cloudwatch.put_metric_alarm(
    AlarmName="boto",
    Namespace="AWS/ECS",
    MetricName="CPUUtilization",
    Dimensions=[{"Name": "ClusterName", "Value": "main"}, {"Name": "ServiceName", "Value": "web"}],
    Statistic="Maximum",
    Period=60,
    EvaluationPeriods=1,
    Threshold=90.5,
    ComparisonOperator="GreaterThanOrEqualToThreshold",
    Tags=[{"Key": "owner", "Value": "me"}],
)
alarm = cloudwatch.describe_alarms(AlarmNamePrefix="bo")["MetricAlarms"][0]
assert alarm["Threshold"] == 90.5 and alarm["StateUpdatedTimestamp"].year == 2026, alarm
tags = cloudwatch.list_tags_for_resource(ResourceARN=alarm["AlarmArn"])["Tags"]
assert tags == [{"Key": "owner", "Value": "me"}], tags
state = {"StateValue": "ALARM", "StateReason": "a drill"}
refused("ResourceNotFound", cloudwatch.set_alarm_state, AlarmName="none", **state)
cloudwatch.set_alarm_state(AlarmName="boto", **state)
assert cloudwatch.describe_alarms(StateValue="ALARM")["MetricAlarms"][0]["StateReason"] == "a drill"
cloudwatch.delete_alarms(AlarmNames=["boto"])
assert cloudwatch.describe_alarms()["MetricAlarms"] == []

sns = boto3.client("sns")
sqs = boto3.client("sqs")
topic = sns.list_topics()["Topics"][0]["TopicArn"]
sns.publish(TopicArn=topic, Subject="boto", Message="hello")
queue = sqs.get_queue_url(QueueName="fargate-operator-alarms")["QueueUrl"]
received = sqs.receive_message(QueueUrl=queue)["Messages"][0]
assert "hello" in received["Body"], received
sqs.delete_message(QueueUrl=queue, ReceiptHandle=received["ReceiptHandle"])
assert "Messages" not in sqs.receive_message(QueueUrl=queue, VisibilityTimeout=0)
missing = "AWS.SimpleQueueService.NonExistentQueue"
refused(missing, sqs.get_queue_url, QueueName="none")
refused("NotFound", sns.publish, TopicArn=topic + "-none", Message="hello")

elb = boto3.client("elbv2")
balancer = elb.create_load_balancer(Name="boto", Subnets=SUBNETS, SecurityGroups=[group])
balancer_arn = balancer["LoadBalancers"][0]["LoadBalancerArn"]
target_group = elb.create_target_group(
    Name="boto", Protocol="HTTP", Port=80, VpcId=VPC, TargetType="ip"
)["TargetGroups"][0]["TargetGroupArn"]
elb.create_listener(
    LoadBalancerArn=balancer_arn,
    Protocol="HTTP",
    Port=80,
    DefaultActions=[{"Type": "forward", "TargetGroupArn": target_group}],
)
elb.add_tags(ResourceArns=[target_group], Tags=[{"Key": "owner", "Value": "me"}])
tags = elb.describe_tags(ResourceArns=[target_group])["TagDescriptions"][0]["Tags"]
assert tags == [{"Key": "owner", "Value": "me"}], tags
refused("ResourceInUse", elb.delete_target_group, TargetGroupArn=target_group)

ecs = boto3.client("ecs")
ecs.create_cluster(clusterName="boto")
definition = ecs.register_task_definition(
    family="boto",
    networkMode="awsvpc",
    requiresCompatibilities=["FARGATE"],
    cpu="256",
    memory="512",
    containerDefinitions=[
        {"name": "web", "image": "web:1", "portMappings": [{"containerPort": 80}]}
    ],
)["taskDefinition"]["taskDefinitionArn"]
ecs.create_service(
    cluster="boto",
    serviceName="web",
    taskDefinition=definition,
    desiredCount=1,
    launchType="FARGATE",
    networkConfiguration={"awsvpcConfiguration": {"subnets": SUBNETS, "securityGroups": [group]}},
    loadBalancers=[
        {"targetGroupArn": target_group, "containerName": "web", "containerPort": 80}
    ],
)
service = ecs.describe_services(cluster="boto", services=["web", "none"])
assert service["services"][0]["status"] == "ACTIVE"
assert service["failures"][0]["reason"] == "MISSING"

job = {
    "cluster": "boto",
    "taskDefinition": definition,
    "launchType": "FARGATE",
    "startedBy": "boto",
    "clientToken": "once",
    "networkConfiguration": {"awsvpcConfiguration": {"subnets": SUBNETS}},
}
task = ecs.run_task(**job)["tasks"][0]["taskArn"]
assert ecs.run_task(**job)["tasks"][0]["taskArn"] == task
refused("ConflictException", ecs.run_task, **{**job, "startedBy": "other"})
assert ecs.list_tasks(cluster="boto", startedBy="boto")["taskArns"] == [task]
ecs.stop_task(cluster="boto", task=task, reason="done")

efs = boto3.client("efs")
system = efs.create_file_system(CreationToken="boto", Encrypted=True)
system_id = system["FileSystemId"]
assert system["CreationTime"].year == 2026
refused("FileSystemAlreadyExists", efs.create_file_system, CreationToken="boto")
refused("FileSystemNotFound", efs.describe_file_systems, FileSystemId="fs-01234567")
assert efs.describe_file_systems(CreationToken="boto")["FileSystems"][0]["Encrypted"]

backup = boto3.client("backup")
role = "arn:aws:iam::123456789012:role/fargate-operator-backup"
vault = backup.create_backup_vault(BackupVaultName="boto")["BackupVaultArn"]
refused("AlreadyExistsException", backup.create_backup_vault, BackupVaultName="boto")
refused("AccessDeniedException", backup.describe_backup_vault, BackupVaultName="none")
plan = backup.create_backup_plan(
    BackupPlan={
        "BackupPlanName": "boto",
        "Rules": [
            {
                "RuleName": "daily",
                "TargetBackupVaultName": "boto",
                "ScheduleExpression": "cron(0 3 * * ? *)",
                "Lifecycle": {"DeleteAfterDays": 7},
            }
        ],
    }
)["BackupPlanId"]
selection = backup.create_backup_selection(
    BackupPlanId=plan,
    BackupSelection={
        "SelectionName": "boto",
        "IamRoleArn": role,
        "Resources": [system["FileSystemArn"]],
    },
)["SelectionId"]
rule = backup.get_backup_plan(BackupPlanId=plan)["BackupPlan"]["Rules"][0]
assert rule["Lifecycle"]["DeleteAfterDays"] == 7, rule
backup.tag_resource(ResourceArn=vault, Tags={"owner": "me"})
assert backup.list_tags(ResourceArn=vault)["Tags"] == {"owner": "me"}
refused("InvalidRequestException", backup.delete_backup_plan, BackupPlanId=plan)
started = backup.start_backup_job(
    BackupVaultName="boto", ResourceArn=system["FileSystemArn"], IamRoleArn=role
)["BackupJobId"]
assert backup.describe_backup_job(BackupJobId=started)["State"] == "CREATED"
assert backup.list_backup_jobs(ByBackupVaultName="boto")["BackupJobs"][0]["BackupJobId"] == started
refused(
    "ResourceNotFoundException",
    backup.start_restore_job,
    RecoveryPointArn="arn:aws:backup:eu-central-1:123456789012:recovery-point:none",
    IamRoleArn=role,
    Metadata={"file-system-id": system_id},
)
refused("ResourceNotFoundException", backup.describe_restore_job, RestoreJobId="none")
backup.delete_backup_selection(BackupPlanId=plan, SelectionId=selection)
backup.delete_backup_plan(BackupPlanId=plan)

route53 = boto3.client("route53")
zone = route53.list_hosted_zones_by_name(DNSName="example.com")["HostedZones"][0]["Id"]
record = {
    "Name": "boto.example.com.",
    "Type": "A",
    "AliasTarget": {
        "HostedZoneId": "Z215JYRZR1TBD5",
        "DNSName": "dualstack.boto.eu-central-1.elb.amazonaws.com.",
        "EvaluateTargetHealth": False,
    },
}
route53.change_resource_record_sets(
    HostedZoneId=zone,
    ChangeBatch={"Changes": [{"Action": "UPSERT", "ResourceRecordSet": record}]},
)
found = route53.list_resource_record_sets(HostedZoneId=zone, StartRecordName="boto.example.com")
assert found["ResourceRecordSets"][0] == record, found
refused("NoSuchHostedZone", route53.get_hosted_zone, Id="Z00000000NOBODY")

scaling = boto3.client("application-autoscaling")
target = {
    "ServiceNamespace": "ecs",
    "ResourceId": "service/boto/web",
    "ScalableDimension": "ecs:service:DesiredCount",
}
scaling.register_scalable_target(MinCapacity=2, MaxCapacity=4, **target)
assert ecs.describe_services(cluster="boto", services=["web"])["services"][0]["desiredCount"] == 2
scaling.put_scaling_policy(
    PolicyName="cpu",
    PolicyType="TargetTrackingScaling",
    TargetTrackingScalingPolicyConfiguration={
        "TargetValue": 70.0,
        "PredefinedMetricSpecification": {
            "PredefinedMetricType": "ECSServiceAverageCPUUtilization"
        },
    },
    **target,
)
assert scaling.describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"][0]["Alarms"]
scaling.deregister_scalable_target(**target)
refused("ObjectNotFoundException", scaling.deregister_scalable_target, **target)

cloud_map = boto3.client(
    "servicediscovery", config=botocore.config.Config(inject_host_prefix=False)
)
operation = cloud_map.create_private_dns_namespace(Name="boto.local", Vpc=VPC)["OperationId"]
assert cloud_map.get_operation(OperationId=operation)["Operation"]["Status"] in (
    "SUBMITTED",
    "PENDING",
)

print("walked")
