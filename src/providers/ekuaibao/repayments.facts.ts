// What the page on the sequence of documents says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';
import { refusal } from './provider.facts.ts';

export default {
  usage: '',
  request: 'GET /api/openapi/v1/docSequences?powerCode=219904&type=repayment&index=0&count=100',
  params: ['query powerCode 219902 219904', 'query type repayment', 'query index', 'query count'],
  keys: `
    index docData docData.type docData.id docData.corporationId docData.ownerId docData.dataType docData.remark docData.title
    docData.updateTime docData.specificationId docData.owner docData.owner.id docData.owner.name docData.owner.departments
    docData.owner.departments.id docData.owner.departments.name docData.owner.departments.code docData.owner.code docData.department
    docData.department.id docData.department.name docData.department.code docData.code docData.userProps docData.state
    docData.project docData.logs docData.logs.time docData.logs.isNew docData.logs.logid docData.logs.state docData.logs.action
    docData.logs.nodeId docData.logs.nodeName docData.logs.nextNodeId docData.logs.operatorId docData.logs.docDataCode
    docData.logs.corporationId docData.logs.nextOperatorId docData.flowPlan docData.flowPlan.fromStartNode docData.flowPlan.id
    docData.flowPlan.version docData.flowPlan.active docData.flowPlan.createTime docData.flowPlan.updateTime
    docData.flowPlan.corporationId docData.flowPlan.prevId docData.flowPlan.taskId docData.flowPlan.ownerId
    docData.flowPlan.submitterId docData.flowPlan.flowPlanConfigId docData.flowPlan.submitNode docData.flowPlan.submitNode.id
    docData.flowPlan.submitNode.nextId docData.flowPlan.submitNode.nextApproverIds docData.flowPlan.submitNode.ownerId
    docData.flowPlan.submitNode.carbonCopy docData.flowPlan.submitNode.urgent docData.flowPlan.nodes docData.flowPlan.nodes.type
    docData.flowPlan.nodes.id docData.flowPlan.nodes.configNodeId docData.flowPlan.nodes.name docData.flowPlan.nodes.skippedType
    docData.flowPlan.nodes.agreeType docData.flowPlan.nodes.conditionalDescription docData.flowPlan.nodes.conditionalType
    docData.flowPlan.nodes.skipWhenApproverNonMatched docData.flowPlan.nodes.autoAgreeWhenApproverRepeated
    docData.flowPlan.nodes.autoAgreeWhenApproverSameAsSubmitter docData.flowPlan.nodes.allowModify docData.flowPlan.nodes.config
    docData.flowPlan.nodes.config.isAuto docData.flowPlan.nodes.isAllStaffs docData.flowPlan.nodes.carbonCopy
    docData.flowPlan.nodes.timeCount docData.flowPlan.nodes.addCountReport docData.flowPlan.nodes.isAddNode
    docData.flowPlan.nodes.autoRemindPrint docData.flowPlan.nodes.expressConfig docData.flowPlan.nodes.commentWhenFlowHasRisk
    docData.flowPlan.nodes.forbidBatchApproveRiskFlow docData.flowPlan.nodes.condition docData.flowPlan.nodes.ebotConfig
    docData.flowPlan.nodes.ebotConfig.type docData.flowPlan.nodes.ebotConfig.setting
    docData.flowPlan.nodes.ebotConfig.setting.checkCostControl docData.flowPlan.nodes.ebotConfig.setting.rejectCostControl
    docData.flowPlan.nodes.ebotConfig.setting.isOutOfLimitReject docData.flowPlan.nodes.config.isSubmitterChoice
    docData.flowPlan.nodes.config.allowSubmitterRetract docData.flowPlan.nodes.carbonCopy.sendTime
    docData.flowPlan.nodes.carbonCopy.staffIds docData.flowPlan.nodes.carbonCopy.matchResult
    docData.flowPlan.nodes.carbonCopy.matchResult.values docData.flowPlan.nodes.carbonCopy.matchResult.selection
    docData.flowPlan.nodes.carbonCopy.matchResult.selection.type docData.flowPlan.nodes.carbonCopy.matchResult.selection.submitters
    docData.flowPlan.nodes.staffIds docData.flowPlan.nodes.approverId docData.repaymentType docData.amount docData.loanId
    docData.createTime docData.paymentAccountId`,
  printed: ['"index": 1561021352666', '"amount": 7,', '"repaymentType": "MANUAL"', '"loanId": "xXU9j5S6wokI00"'],
  failures: [
    { about: 'the feature is not enabled', status: 403, body: refusal(403, '未开通功能，无权访问'), exit: 22, code: '403' },
    { about: 'a type the provider does not know', status: 400, body: refusal(400, 'type参数错误'), exit: 22, code: '400' },
  ],
} satisfies EndpointFacts;
