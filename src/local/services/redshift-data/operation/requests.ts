import * as z from 'zod';

/** https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_Operations.html */
const STATEMENT_ID = /^[a-z0-9]{8}(-[a-z0-9]{4}){3}-[a-z0-9]{12}(:\d{0,2})?$/;

const Id = z.string().regex(STATEMENT_ID);
const Sql = z.string().min(1);
const WaitTimeSeconds = z.int().min(1).max(30).optional();
const text = z.string().optional();

const Parameter = z.object({
  name: z.string().regex(/^[0-9a-zA-Z_]+$/),
  value: z.string().min(1),
});

const submission = {
  ClusterIdentifier: text,
  WorkgroupName: text,
  Database: text,
  DbUser: text,
  SecretArn: text,
  StatementName: z.string().max(2048).optional(),
  WithEvent: z.boolean().optional(),
  ClientToken: z.string().min(1).max(64).optional(),
  Parameters: z.array(Parameter).min(1).optional(),
  ResultFormat: z.enum(['JSON', 'CSV']).optional(),
  SessionKeepAliveSeconds: z.int().min(0).max(86_400).optional(),
  SessionId: Id.optional(),
  WaitTimeSeconds,
};

export const ExecuteStatementSchema = z.object({ ...submission, Sql });

export const BatchExecuteStatementSchema = z.object({
  ...submission,
  Sqls: z.array(Sql).min(1).max(40),
  ExecutionMode: z.enum(['TRANSACTION', 'AUTO_COMMIT']).optional(),
});

export const DescribeStatementSchema = z.object({ Id, WaitTimeSeconds });

export const GetStatementResultSchema = z.object({ Id, WaitTimeSeconds, NextToken: text });

export const CancelStatementSchema = z.object({ Id });

export const ListStatementsSchema = z.object({
  NextToken: text,
  MaxResults: z.int().min(0).max(100).optional(),
  StatementName: z.string().max(2048).optional(),
  Status: z.enum(['SUBMITTED', 'PICKED', 'STARTED', 'FINISHED', 'ABORTED', 'FAILED', 'ALL']).optional(),
  RoleLevel: z.boolean().optional(),
  Database: text,
  ClusterIdentifier: text,
  WorkgroupName: text,
});

export type Submission = Omit<z.infer<typeof ExecuteStatementSchema>, 'Sql'>;
export type ListStatementsRequest = z.infer<typeof ListStatementsSchema>;
